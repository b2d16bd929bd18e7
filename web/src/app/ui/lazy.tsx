import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { ErrorMessage } from "./error-message";

/** A component whose code is loaded when it is first rendered, or earlier by `load`. */
export type Lazy<Props> = ComponentType<Props> & { load: () => Promise<void> };

export function lazy<Props extends object>(from: () => Promise<ComponentType<Props>>): Lazy<Props> {
  let Loaded: ComponentType<Props> | undefined;
  const load = async () => void (Loaded ??= await from());
  function Lazy(props: Props) {
    const [, render] = useState(0);
    const [error, setError] = useState<Error>();
    const start = () => {
      setError(undefined);
      load().then(() => render((times) => times + 1), setError);
    };
    useEffect(() => (Loaded ? undefined : start()), []);
    if (error) return <ErrorMessage error={error} retry={start} />;
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
