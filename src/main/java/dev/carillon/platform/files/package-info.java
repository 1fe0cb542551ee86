/** Files that come with the service. */
@NullMarked
package dev.carillon.platform.files;

import org.jspecify.annotations.NullMarked;
