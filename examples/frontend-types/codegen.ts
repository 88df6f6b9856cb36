import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../graphql/schema.graphql",
  documents: "../queries/*.graphql",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: {
        // Fragments are shared parts here, not props of components.
        fragmentMasking: false,
        // Writes src/gql/persisted-documents.json for `stedskaping import_documents`.
        persistedDocuments: { hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        // A scalar that isn't named below is a mistake, not `any`.
        strictScalars: true,
        scalars: {
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          JSON: "unknown",
          UUID: "string",
        },
      },
    },
  },
};

export default config;
