/**
 * The notification pipeline that both doors end in: a command comes in, a receipt goes out, and everything between is
 * one transaction.
 */
@NullMarked
package dev.carillon.notification;

import org.jspecify.annotations.NullMarked;
