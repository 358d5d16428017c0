/**
 * Semel in a Spring Boot application: {@link dev.semel.spring.Gate gates} on routes, Spring's transactions, metrics, the
 * boundary log and problem+json answers, all by auto-configuration.
 */
@NullMarked
package dev.semel.spring;

import org.jspecify.annotations.NullMarked;
