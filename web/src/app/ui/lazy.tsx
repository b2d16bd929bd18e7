import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../text";
import { Problem } from "./problem";

/** A component that is loaded when it is first shown. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, draw] = useState(0);
    const [error, setError] = useState<Error>();
    const start = () => {
      setError(undefined);
      load().then((component) => {
        Loaded = component;
        draw((times) => times + 1);
      }, setError);
    };
    useEffect(() => (Loaded ? undefined : start()), []);
    if (error) return <Problem error={error} retry={start} />;
    return Loaded ? <Loaded {...props} /> : <p class="loading" role="status">{t("loading")}</p>;
  };
}
