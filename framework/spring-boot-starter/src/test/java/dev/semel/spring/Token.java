package dev.semel.spring;

import java.security.Principal;

/** Stands for what an application's security makes of a token. */
record Token(String company, String user) implements Principal {
    @Override
    public String getName() {
        return user;
    }
}
