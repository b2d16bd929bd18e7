import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../text";
import { Problem } from "./problem";

/** A component that is loaded when it is first shown, or by `load` before. */
export type Lazy<Props> = ComponentType<Props> & { load: () => Promise<void> };

export function lazy<Props extends object>(from: () => Promise<ComponentType<Props>>): Lazy<Props> {
  let Loaded: ComponentType<Props> | undefined;
  const load = async () => void (Loaded ??= await from());
  function Lazy(props: Props) {
    const [, draw] = useState(0);
    const [error, setError] = useState<Error>();
    const start = () => {
      setError(undefined);
      load().then(() => draw((times) => times + 1), setError);
    };
    useEffect(() => (Loaded ? undefined : start()), []);
    if (error) return <Problem error={error} retry={start} />;
    return Loaded ? (
      <Loaded {...props} />
    ) : (
      <p class="loading" role="status">
        {t("loading")}
      </p>
    );
  }
  return Object.assign(Lazy, { load });
}
