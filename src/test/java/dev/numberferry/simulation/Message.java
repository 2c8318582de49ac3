package dev.numberferry.simulation;

/**
 * A message of the topic.
 *
 * @param about the id of the migration, or of the engagement of the brake
 * @param status as the topic has it
 * @param detail the error's code or the reason
 * @param number whose it is; empty where it is nobody's
 */
record Message(String about, String status, String detail, String number) {}
