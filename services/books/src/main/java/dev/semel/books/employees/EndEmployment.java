package dev.semel.books.employees;

/** The payload of an employee's leaving: an empty object, the path says who. */
public record EndEmployment() {}
