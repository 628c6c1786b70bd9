declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one synthesised stack of this run lies. */
    stack: { templateFile: string; assets: string }
    /** The browser that the run is about; Chromium where it is not said. */
    browser: 'chromium' | 'firefox' | undefined
    /** The setting LANG of the machine that the browsers believe to be on; where it is not said, they are British. */
    lang: string | undefined
  }
}

export {}
