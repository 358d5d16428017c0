package dev.semel.cli.demo.network;

/**
 * A POST that may be sent any number of times.
 *
 * @param key the idempotency key; a reference of the samples, so visible ASCII
 * @param path where it goes
 * @param body the JSON
 */
public record Ask(String key, String path, String body) {}
