import type { ReactNode } from "react";
import { type CheckSummary, faultKinds, warningKinds } from "../../data/schema/check.ts";
import { certificateWords, faultKindNames, warningKindNames } from "../../data/vocabulary/check_words.ts";
import { formatCount, formatDecimal, formatDistance, formatMoment } from "../../data/vocabulary/format.ts";
import { say, type Wording } from "../../data/vocabulary/language.ts";

type Values = Record<string, string | number>;

/** Chinese, and the same in English beside it in smaller type: the sheet is one for all readers. */
function Both({ words, values = {} }: { words: Wording; values?: Values }) {
  return (
    <>
      <span lang="zh-CN">{say(words, "zh-CN", values)}</span>{" "}
      <span lang="en" className="certificate-en">
        {say(words, "en", values)}
      </span>
    </>
  );
}

/** The sheet itself: A4, black on white whatever the theme. */
export function CertificateSheet({ summary }: { summary: CheckSummary }) {
  const faults = sum(summary.counts.faults);
  const { valid } = summary;
  const title = valid ? certificateWords.title_valid : certificateWords.title_invalid;
  return (
    <article className="certificate" lang="zh-CN" data-valid={valid}>
      <header>
        <p className="certificate-product">网格图谱 Grid Atlas</p>
        <h2 className="certificate-title">{title[0]}</h2>
        <p className="certificate-subtitle" lang="en">
          {title[1]}
        </p>
      </header>
      <Judged summary={summary} />
      <p className="certificate-result">
        <span className="certificate-mark" aria-hidden="true">
          {valid ? "✓" : "■"}
        </span>
        <span>
          <span lang="zh-CN">{say(resultOf(valid), "zh-CN", { count: formatCount(faults) })}</span>
          <span lang="en" className="certificate-en certificate-block">
            {say(resultOf(valid), "en", { count: formatCount(faults) })}
          </span>
        </span>
      </p>
      <div className="certificate-columns">
        <Counts
          title={certificateWords.faults}
          kinds={faultKinds}
          names={faultKindNames}
          counts={summary.counts.faults}
        />
        <Counts
          title={certificateWords.warnings}
          kinds={warningKinds}
          names={warningKindNames}
          counts={summary.counts.warnings}
          withoutReason={summary.counts.without_reason}
        />
      </div>
      <Surfaces summary={summary} />
      <Rules summary={summary} />
      <Signatures />
      <footer>
        <p>
          <Both words={certificateWords.footnote} />
        </p>
      </footer>
    </article>
  );
}

function resultOf(valid: boolean): Wording {
  return valid ? certificateWords.result_valid : certificateWords.result_invalid;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function Line({ name, children }: { name: Wording; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Both words={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Judged({ summary }: { summary: CheckSummary }) {
  const { area, edition, inputs } = summary;
  return (
    <dl className="certificate-facts">
      <Line name={certificateWords.network}>
        {summary.network_name} <span className="certificate-code">{summary.network}</span>
      </Line>
      <Line name={certificateWords.area}>
        {area ? (
          <>
            {area.name} <span className="certificate-code">{area.code}</span>
          </>
        ) : (
          <Both words={certificateWords.whole_network} />
        )}
      </Line>
      <Line name={certificateWords.edition}>
        <Both words={certificateWords.edition_value} values={{ number: edition.number, day: edition.from_day }} />
      </Line>
      <Line name={certificateWords.checked_at}>
        <time dateTime={summary.checked_at}>{formatMoment(summary.checked_at)}</time>
      </Line>
      <Line name={certificateWords.version}>
        <Both words={certificateWords.version_value} values={{ version: summary.version }} />
      </Line>
      <Line name={certificateWords.inputs}>
        <Both
          words={certificateWords.inputs_value}
          values={{
            areas: formatCount(inputs.areas),
            vertices: formatCount(inputs.vertices),
            things: formatCount(inputs.things),
          }}
        />
      </Line>
      <Line name={certificateWords.sha256}>
        <code>{inputs.sha256}</code>
      </Line>
    </dl>
  );
}

interface CountsProps<Kind extends string> {
  title: Wording;
  kinds: readonly Kind[];
  names: Readonly<Record<Kind, Wording>>;
  counts: Readonly<Record<string, number>>;
  withoutReason?: number;
}

function Counts<Kind extends string>({ title, kinds, names, counts, withoutReason }: CountsProps<Kind>) {
  return (
    <table>
      <caption>
        <Both words={title} />
      </caption>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">
              <Both words={names[kind]} />
            </th>
            <td>{formatCount(counts[kind] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            <Both words={certificateWords.total} />
          </th>
          <td>{formatCount(sum(counts))}</td>
        </tr>
        {withoutReason !== undefined && (
          <tr>
            <th scope="row">
              <Both words={certificateWords.without_reason} />
            </th>
            <td>{formatCount(withoutReason)}</td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}

/** What must add up. A difference is said to the square decimetre: less is rounding of the sum. */
function Surfaces({ summary }: { summary: CheckSummary }) {
  const { container_m2, covered_m2 } = summary;
  const difference = Math.abs(container_m2 - covered_m2) < 0.005 ? 0 : covered_m2 - container_m2;
  const square = (value: number) => `${formatDecimal(value, 2)} m²`;
  return (
    <section>
      <h3>
        <Both words={certificateWords.surfaces} />
      </h3>
      <dl className="certificate-surfaces">
        <Line name={certificateWords.container}>{square(container_m2)}</Line>
        <Line name={certificateWords.covered}>{square(covered_m2)}</Line>
        <Line name={certificateWords.difference}>
          {difference < 0 ? "−" : ""}
          {square(Math.abs(difference))}
        </Line>
      </dl>
    </section>
  );
}

function Rules({ summary: { rules } }: { summary: CheckSummary }) {
  const { special_areas, water, hydrant_radius_m } = rules;
  return (
    <section>
      <h3>
        <Both words={certificateWords.rules} />
      </h3>
      <ul className="certificate-rules">
        <li>
          <Both words={special_areas === "beside" ? certificateWords.special_beside : certificateWords.special_over} />
        </li>
        <li>
          <Both words={water === "covered" ? certificateWords.water_covered : certificateWords.water_free} />
        </li>
        <li>
          <Both words={certificateWords.hydrant_radius} values={{ radius: formatDistance(hydrant_radius_m) }} />
        </li>
        <li>
          <Both words={certificateWords.rounding} />
        </li>
      </ul>
    </section>
  );
}

function Signatures() {
  const lines = [certificateWords.checker, certificateWords.reviewer, certificateWords.date];
  return (
    <div className="certificate-signatures">
      {lines.map((words) => (
        <p key={words[1]}>
          <Both words={words} />
          <span className="certificate-rule" />
        </p>
      ))}
    </div>
  );
}
