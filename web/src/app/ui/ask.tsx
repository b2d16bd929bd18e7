import { render } from "preact";
import { t } from "../i18n";
import { Dialog } from "./dialog";

type Question = { title: string; text: string; action: string; cancel?: string; danger?: boolean };

/** Asks in a dialog before a step. Resolves to whether the action was chosen. */
export function ask({ title, text, action, cancel = t("edit.cancel"), danger = false }: Question): Promise<boolean> {
  const place = document.body.appendChild(document.createElement("div"));
  return new Promise((resolve) => {
    let answer = false;
    const close = () => {
      render(null, place);
      place.remove();
      resolve(answer);
    };
    const choose = (chosen: boolean, button: HTMLButtonElement) => {
      answer = chosen;
      button.closest("dialog")?.close();
    };
    render(
      <Dialog title={title} close={close}>
        <p>{text}</p>
        <p class="buttons answer">
          <button
            type="button"
            class={danger ? "danger" : "primary"}
            onClick={(event) => choose(true, event.currentTarget)}
          >
            {action}
          </button>
          <button type="button" autoFocus onClick={(event) => choose(false, event.currentTarget)}>
            {cancel}
          </button>
        </p>
      </Dialog>,
      place,
    );
  });
}
