package dev.semel.sync.text;

/**
 * Why input is refused. Code and rule are stable, the detail is for people; none of them repeats the input.
 *
 * @param code the problem's code, such as {@code PATH_INVALID}
 * @param rule the broken rule's name, such as {@code DEVICE_NAME}
 * @param detail one sentence
 */
public record Refusal(String code, String rule, String detail) {}
