import { errorTexts } from "../api/error-text";
import { t } from "../i18n";

/** An error with a button to retry. */
export function ErrorMessage({ error, retry }: { error: Error; retry?: () => void }) {
  return <Problems texts={errorTexts(error)} retry={retry} />;
}

/** Problems, all of them. */
export function Problems({ texts, retry }: { texts: readonly string[]; retry?: () => void }) {
  return (
    <div class="problem" role="alert" tabIndex={-1}>
      {texts.length === 1 ? (
        <p>{texts[0]}</p>
      ) : (
        <ul>
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" onClick={retry}>
          {t("problem.retry")}
        </button>
      )}
    </div>
  );
}
