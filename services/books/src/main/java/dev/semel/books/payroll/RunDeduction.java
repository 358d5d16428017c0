package dev.semel.books.payroll;

/** A deduction as it was when a run was executed. Immutable. */
record RunDeduction(String name, PaidBy paidBy) {}
