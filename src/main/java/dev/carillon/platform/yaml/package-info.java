/** YAML that people write, with the position of everything in it. */
@NullMarked
package dev.carillon.platform.yaml;

import org.jspecify.annotations.NullMarked;
