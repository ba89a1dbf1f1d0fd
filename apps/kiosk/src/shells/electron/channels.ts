/** The two ways between the stage's page and the shell: what the page says, and what it is told. */
export const FROM_STAGE = "vitrine:from-stage";
export const TO_STAGE = "vitrine:to-stage";
