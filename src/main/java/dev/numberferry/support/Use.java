package dev.numberferry.support;

/**
 * What this program did at AWS.
 *
 * @param permission the IAM action that it takes, such as {@code s3:GetObject}
 * @param resource what it was done on, in the operator's words
 * @param setting where the operator says what that is
 */
record Use(String permission, String resource, Setting setting) {}
