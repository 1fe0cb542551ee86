/** The SMS channel and its providers. */
@NullMarked
package dev.carillon.delivery.sms;

import org.jspecify.annotations.NullMarked;
