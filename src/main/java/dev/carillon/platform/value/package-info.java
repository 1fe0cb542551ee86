/** Values as people write them and as they are kept: times, texts, amounts, mail addresses and phone numbers, defined once for both doors. */
@NullMarked
package dev.carillon.platform.value;

import org.jspecify.annotations.NullMarked;
