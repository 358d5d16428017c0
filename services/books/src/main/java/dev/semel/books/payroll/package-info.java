/** Payroll: payslips for all active employees, from gross to net, posted in one transaction. */
@NullMarked
package dev.semel.books.payroll;

import org.jspecify.annotations.NullMarked;
