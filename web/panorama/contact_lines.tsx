import { useMutation } from "@tanstack/react-query";
import type { Contact } from "../../data/schema/contact.ts";
import { contactKindNames, readerWords } from "../../data/vocabulary/access_words.ts";
import { revealContact } from "../api/accounts.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";

/** Phones of one owner, as far as this reader sees them. */
export function ContactLines({ contacts, owner }: { contacts: readonly Contact[]; owner: string }) {
  if (contacts.length === 0) return null;
  return (
    <ul className="contacts">
      {contacts.map((contact) => (
        <ContactLine key={contact.id} contact={contact} owner={owner} />
      ))}
    </ul>
  );
}

/**
 * One phone: in full with a way to call it, or with stars. What stars hide is asked for with one click, which is written
 * down; it stays in this line only and goes with it.
 */
function ContactLine({ contact, owner }: { contact: Contact; owner: string }) {
  const speak = useWords();
  const romanise = useRomanise();
  const asking = useMutation({ mutationFn: () => revealContact(contact.id), gcTime: 0 });
  const full = contact.showing === "open" ? contact.phone : asking.data?.phone;
  const name = contact.name ? romanise(contact.name, "person") : "";
  return (
    <li className="contact">
      <Icon name="phone" size={16} />
      <span className="contact-of">{[speak(contactKindNames[contact.kind]), name].filter(Boolean).join(" ")}</span>
      {full ? (
        <>
          <a className="link tabular" href={`tel:${full.replace(/[^\d+]/g, "")}`}>
            {full}
          </a>
          <CopyButton text={full} />
        </>
      ) : (
        <span className="tabular">{contact.phone}</span>
      )}
      {!full && contact.showing === "full" && (
        <button
          type="button"
          className="link"
          aria-label={speak(readerWords.show_phone_of, { name: name || romanise(owner, "person") })}
          title={speak(readerWords.phone_audited)}
          disabled={asking.isPending}
          onClick={() => asking.mutate()}
        >
          {speak(readerWords.show_phone)}
        </button>
      )}
      {!asking.isPending && <FailureNote error={asking.error} />}
    </li>
  );
}
