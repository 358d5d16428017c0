package dev.semel.spring;

import org.springframework.http.HttpStatus;

/**
 * A problem's stable code with its status and title, for applications that answer problems of their own.
 *
 * @param code upper-case words joined by underscores
 * @param status the HTTP status
 * @param title a short sentence that is the same for each occurrence
 * @param retryable whether the same request may succeed later, unchanged
 */
public record ProblemCode(String code, HttpStatus status, String title, boolean retryable) {}
