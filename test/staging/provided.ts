declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one synthesised stack of this run lies. */
    stack: { templateFile: string; assets: string }
    /** The browser that the run is about; Chromium where it is not said. */
    browser: 'chromium' | 'firefox' | undefined
  }
}

export {}
