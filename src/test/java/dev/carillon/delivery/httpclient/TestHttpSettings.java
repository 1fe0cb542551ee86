package dev.carillon.delivery.httpclient;

import java.time.Duration;

/** The settings of an HTTP provider under test. */
public record TestHttpSettings(Duration timeout, int connections) implements ProviderHttpSettings {}
