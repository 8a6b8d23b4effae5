import type { ReactNode } from "react";

/** Line icons of one hand: 20 px grid, 1.6 px strokes, in the colour of the text beside them. */
const paths = {
  search: <path d="M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm4 9.5 4 4" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  chevron_down: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  chevron_right: <path d="m8 5.5 4.5 4.5L8 14.5" />,
  plus: <path d="M10 4.5v11M4.5 10h11" />,
  minus: <path d="M4.5 10h11" />,
  layers: <path d="m10 3 7 3.7-7 3.7-7-3.7L10 3Zm-7 7.2 7 3.7 7-3.7M3 13.4l7 3.6 7-3.6" />,
  tree: <path d="M4 4h5v4H4zM11 10h5v3h-5zM11 15h5v2h-5zM6.5 8v8.5H11M6.5 11.5H11" />,
  list: <path d="M7.5 5H17M7.5 10H17M7.5 15H17M3.5 5h.5M3.5 10h.5M3.5 15h.5" />,
  map: <path d="m3 5 4.7-1.8 4.6 1.8L17 3.2V15l-4.7 1.8-4.6-1.8L3 16.8V5Zm4.7-1.8V15m4.6-10v11.8" />,
  details: <path d="M4 3.5h12v13H4zM7 7.5h6M7 10.5h6M7 13.5h3.5" />,
  whole: <path d="M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4" />,
  target: <path d="M10 5.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10 2v3.5M10 14.5V18M2 10h3.5M14.5 10H18" />,
  more: <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth={2.6} />,
  eye: (
    <path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Zm7.5-2.2a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z" />
  ),
  eye_off: (
    <path d="M3 3l14 14M8 5.3A8 8 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2.3 2.9M5 6.7A13 13 0 0 0 2.5 10S5 15 10 15a8 8 0 0 0 3.5-.8" />
  ),
  person: (
    <path d="M10 3.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM3.8 16.5c.6-3.2 3.100-4.8 6.2-4.8s5.600 1.600 6.2 4.8" />
  ),
  phone: <path d="M4 3.5h3l1.5 4-2 1.5a10 10 0 0 0 4.5 4.5l1.5-2 4 1.5v3c-7 .8-13.300-5.5-12.5-12.5Z" />,
  copy: <path d="M7 7h9v9H7zM13 7V4H4v9h3" />,
  check: <path d="m4.5 10.5 3.6 3.6 7.4-8" />,
  warning: <path d="m10 3.2 7.2 13H2.8L10 3.2ZM10 8v4M10 14.2v.1" />,
  offline: <path d="M3 3l14 14M4 8.5a9 9 0 0 1 3-1.9M9.7 6a9 9 0 0 1 6.3 2.5M6.6 11.4a5 5 0 0 1 2.2-1.2M10 14.8h.01" />,
  download: <path d="M10 3v9.5M6 9l4 4 4-4M4 16.5h12" />,
  refresh: <path d="M16 10a6 6 0 1 1-1.9-4.4M16.2 3v3.4h-3.4" />,
  certificate: (
    <path d="M4 3.5h12v8.5M4 3.5V15h5M7 7h6M7 10h3.5M13.5 10.8a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8ZM12.3 15.4l-.5 2.6 1.7-1 1.7 1-.5-2.6" />
  ),
  check_list: <path d="M9.5 5.5H17M9.5 10.5H17M9.5 15.5H17M3 5.5l1.5 1.5L7 4M3 10.5 4.5 12 7 9M3 15.5 4.5 17 7 14" />,
  history: <path d="M10 3.5a6.5 6.5 0 1 1-5.900 3.800M3.700 3.600v3.700h3.700M10 6.500V10l2.600 1.700" />,
  undo: <path d="M7 4 3.5 7.5 7 11M3.5 7.5h8a4.500 4.500 0 0 1 0 9H8" />,
  redo: <path d="m13 4 3.500 3.500L13 11M16.500 7.500h-8a4.500 4.500 0 0 0 0 9H12" />,
  pin: <path d="M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9Zm0-11a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z" />,
  help: (
    <path d="M10 2.8a7.2 7.2 0 1 1 0 14.400 7.200 7.200 0 0 1 0-14.400ZM7.800 8a2.200 2.200 0 1 1 3 2c-.6.3-.8.7-.8 1.500M10 14v.1" />
  ),
  keyboard: <path d="M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.8h7" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof paths;

/** A picture without words: the button around it carries the name. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}

/** The sign of the product. */
export function Logo() {
  return (
    <svg width={24} height={24} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="5" fill="#1457B8" />
      <path
        d="M6 7.2 12 5.5l6 1.7-.6 9.8-5.4 1.6L6.6 17Zm.3 4.8h11.4M12 5.5v13"
        fill="none"
        stroke="#fff"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}
