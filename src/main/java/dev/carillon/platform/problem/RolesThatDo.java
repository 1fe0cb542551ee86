package dev.carillon.platform.problem;

import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import java.util.List;

/** Knows which roles an endpoint lets in. */
public interface RolesThatDo {

    /** In the order of the alphabet; empty where no role is enough by itself. */
    List<String> at(SimpleResourceInfo endpoint);
}
