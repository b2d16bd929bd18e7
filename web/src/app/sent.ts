import { modelsDocument } from "./catalog/models-document";
import { revisionsDocument } from "./changes/documents";
import { modelDocument } from "./model/document";
import {
  architectureDocument,
  architecturesDocument,
  datasetDocument,
  datasetsDocument,
  licenseDocument,
  licensesDocument,
  organizationDocument,
  organizationsDocument,
} from "./nouns/documents";

/** What the server asks for the pages that it sends, by the name of the file that the build writes for it. */
export const SENT = {
  models: modelsDocument,
  model: modelDocument,
  revisions: revisionsDocument,
  dataset: datasetDocument,
  license: licenseDocument,
  organization: organizationDocument,
  architecture: architectureDocument,
  datasets: datasetsDocument,
  licenses: licensesDocument,
  organizations: organizationsDocument,
  architectures: architecturesDocument,
};
