package dev.carillon.platform.rest;

import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Puts off what the framework prepares at the start until it is asked for. The OpenAPI document is parsed and written in both of its
 * forms: a tenth of a start's main thread and a quarter of what the compiler C2 does meanwhile, and most processes are never asked for it.
 * Whoever asks first waits for it, on a worker thread at {@code /q/openapi}.
 */
@OnDemand
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class PreparesOnDemand {

    private final Deque<InvocationContext> putOff = new ArrayDeque<>();

    @AroundInvoke
    synchronized Object prepareWhenAsked(InvocationContext call) throws Exception {
        if (!isAskedForADocument(call)) {
            putOff.add(call);
            return null;
        }
        while (!putOff.isEmpty()) {
            putOff.remove().proceed();
        }
        return call.proceed();
    }

    private static boolean isAskedForADocument(InvocationContext call) {
        return Arrays.stream(call.getParameters()).anyMatch(Format.class::isInstance);
    }
}
