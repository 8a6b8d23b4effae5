import { Icon } from "../ui/icons.tsx";

/** Nothing was found: said plainly. */
export function AllWell({ title, why }: { title: string; why: string }) {
  return (
    <div className="check-sound">
      <span className="check-sound-mark">
        <Icon name="check" size={28} />
      </span>
      <h3>{title}</h3>
      <p>{why}</p>
    </div>
  );
}
