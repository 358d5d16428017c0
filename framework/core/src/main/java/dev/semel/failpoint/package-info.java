/** Named places where a test makes a write fail, stall or die. Off unless an application enables them. */
@NullMarked
package dev.semel.failpoint;

import org.jspecify.annotations.NullMarked;
