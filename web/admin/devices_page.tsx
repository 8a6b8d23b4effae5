import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { useState } from "react";
import type { Device, DeviceWithToken } from "../../data/schema/account.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { devicesQuery, revokeDevice } from "../api/accounts.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { useKeys } from "../ui/keys.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { TableSkeleton } from "./account_list.tsx";
import { AdminFrame } from "./admin_frame.tsx";
import { AreaPicker, type AreaRequest } from "./area_picker.tsx";
import { DeviceLink } from "./device_link.tsx";
import { NewDeviceForm } from "./new_device_form.tsx";
import { usePageKeys } from "./page_keys.ts";
import { Panel } from "./panel.tsx";

/** 大屏: the wall screens, a new one with its link, and how to shut one out. */
export default function DevicesPage() {
  const speak = useWords();
  const { read, write } = usePageKeys();
  const isNew = read("device") === "new";
  const [request, setRequest] = useState<AreaRequest | null>(null);
  const [made, setMade] = useState<DeviceWithToken | null>(null);
  const close = () => {
    setRequest(null);
    setMade(null);
    write({ device: null }, "push");
  };
  useKeys([
    {
      code: "Escape",
      run: () => {
        if (request) setRequest(null);
        // A link that is shown once is closed by its own button.
        else if (isNew && !made) close();
      },
    },
  ]);
  return (
    <AdminFrame
      path="/admin/devices"
      main={
        request ? (
          <AreaPicker key={request.key} request={request} onDone={() => setRequest(null)} />
        ) : (
          <DeviceList
            onNew={() => {
              setMade(null);
              write({ device: "new" }, "push");
            }}
          />
        )
      }
      panel={
        isNew && (
          <Panel title={made ? made.name : speak(adminWords.new_device)} about="new" onClose={close}>
            <div className="admin-panel-body" data-state="ready">
              {made ? (
                <DeviceLink device={made} onDone={close} />
              ) : (
                <NewDeviceForm isPicking={request !== null} onPickArea={setRequest} onMade={setMade} onCancel={close} />
              )}
            </div>
          </Panel>
        )
      }
    />
  );
}

function DeviceList({ onNew }: { onNew: () => void }) {
  const speak = useWords();
  const query = useQuery(devicesQuery());
  return (
    <>
      <div className="filter-row">
        <button type="button" className="button button-primary filter-end" onClick={onNew}>
          <Icon name="plus" size={16} />
          {speak(adminWords.new_device)}
        </button>
      </div>
      <QueryPanel
        query={query}
        what={adminWords.devices_loading}
        className="admin-scroll"
        skeleton={<TableSkeleton />}
        isEmpty={({ devices }) => devices.length === 0}
        empty={
          <div className="admin-empty">
            <p>{speak(adminWords.devices_none)}</p>
            <button type="button" className="button" onClick={onNew}>
              {speak(adminWords.new_device)}
            </button>
          </div>
        }
      >
        {({ devices }) => (
          <table className="admin-table">
            <TableHead
              columns={[
                speak(adminWords.device_name),
                speak(adminWords.device_areas),
                { name: speak(adminWords.device_seen), className: "wide-only" },
                speak(adminWords.column_state),
                { name: speak(adminWords.device_revoke), spoken: true },
              ]}
            />
            <tbody>
              {devices.map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
    </>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const speak = useWords();
  const isEnglish = useLanguage() === "en";
  const romanise = useRomanise();
  return (
    <tr>
      <td>
        <strong>{romanise(device.name)}</strong>
        <span className="cell-more tabular">
          {speak(adminWords.device_created)} {formatMoment(device.created_at).slice(0, 16)}
        </span>
      </td>
      <td>{device.areas.map((area) => romanise(area.short_name)).join(isEnglish ? ", " : "、")}</td>
      <td className="tabular wide-only">
        {device.seen_at ? formatMoment(device.seen_at).slice(0, 16) : speak(adminWords.never)}
      </td>
      <td>
        <DeviceState device={device} />
      </td>
      <td className="cell-end">{device.revoked_at === null && <Revoke device={device} />}</td>
    </tr>
  );
}

function DeviceState({ device }: { device: Device }) {
  const speak = useWords();
  if (device.revoked_at) return <span className="state state-off">× {speak(adminWords.device_revoked)}</span>;
  if (!device.paired_at) return <span className="state state-warning">▲ {speak(adminWords.device_waiting)}</span>;
  return <span className="state state-good">✓ {speak(adminWords.device_paired)}</span>;
}

function Revoke({ device }: { device: Device }) {
  const speak = useWords();
  const client = useQueryClient();
  const [asks, ask] = useState(false);
  const revoking = useMutation({
    mutationFn: () => revokeDevice(device.id),
    onSuccess: async () => {
      ask(false);
      await client.invalidateQueries(devicesQuery());
    },
  });
  return (
    <>
      <button
        type="button"
        className="button button-danger"
        aria-label={speak(adminWords.device_revoke_of, { name: device.name })}
        onClick={() => ask(true)}
      >
        {speak(adminWords.device_revoke)}
      </button>
      <Modal
        open={asks}
        title={speak(adminWords.device_revoke_of, { name: device.name })}
        okText={speak(adminWords.device_revoke)}
        okButtonProps={{ danger: true, loading: revoking.isPending }}
        cancelText={speak(adminWords.cancel)}
        onOk={() => revoking.mutate()}
        onCancel={() => ask(false)}
        width={420}
      >
        <p>{speak(adminWords.device_revoke_why, { name: device.name })}</p>
        <FailureNote error={revoking.error} />
      </Modal>
    </>
  );
}
