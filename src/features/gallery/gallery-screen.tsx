// Every question part and every other part in all its states; in development only, to look at while building them.
import { FieldStates } from "./field-states.tsx";
import { FrameParts } from "./frame-parts.tsx";
import { StateParts } from "./state-parts.tsx";
import "./gallery.css";

const shown = {
  fields: <FieldStates />,
  states: <StateParts />,
  frames: <FrameParts />,
} as const;
type Part = keyof typeof shown;
const parts = Object.keys(shown) as readonly Part[];
const isPart = (name: string | null): name is Part => name !== null && Object.hasOwn(shown, name);

/** `/gallery?part=fields|states|frames`; all of it without. */
export function GalleryScreen() {
  const wanted = new URLSearchParams(location.search).get("part");
  return (
    <div className="gallery">
      {(isPart(wanted) ? [wanted] : parts).map((part) => (
        <section key={part}>
          <h1 className="gallery-part">{part}</h1>
          {shown[part]}
        </section>
      ))}
    </div>
  );
}
