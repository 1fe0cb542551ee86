package dev.carillon.platform.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Finds the roles that are allowed. */
public interface RolesThatDo {

    /** In alphabetical order; empty if no role is enough by itself. */
    List<String> at(SimpleResourceInfo endpoint);

    /** Like {@link #at(SimpleResourceInfo)}, where the path decides and not an endpoint. */
    Uni<List<String>> at(RoutingContext request);
}
