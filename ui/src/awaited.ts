// Shapes that the till answers in, until their bindings are generated.

export interface ExportProgress {
  done: number;
  total: number;
}
