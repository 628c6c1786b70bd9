declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one synthesised stack of this run lies. */
    stack: { templateFile: string; assets: string }
  }
}

export {}
