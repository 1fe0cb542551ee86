package dev.carillon.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the console in a real browser, on the packaged service. Where there is no Chromium it is skipped, and says so: {@link
 * Chromium}.
 */
@PackagedTest
@ExtendWith(Chromium.IsHere.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BrowserTest {}
