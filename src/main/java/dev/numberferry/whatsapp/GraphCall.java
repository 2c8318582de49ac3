package dev.numberferry.whatsapp;

/** Which call an error answers: the same error asks for something else after each. */
enum GraphCall {
  /** It carried PIN, backup and password, and an attempt stands in the ledger. */
  REGISTER,
  /** It carried nothing but the number's id and the token. */
  LOOK
}
