/** What the document of the API says of all schemas alike, so that foreign generators make clients of it that work. */
@NullMarked
package dev.carillon.platform.openapi;

import org.jspecify.annotations.NullMarked;
