/** What members and messages of somebody are called whose account was deleted (rule A15). Pages may show a word of their own. */
export const DELETED_NAME = 'Deleted account'
