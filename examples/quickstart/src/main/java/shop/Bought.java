package shop;

import java.util.UUID;

record Bought(UUID id, String show, String seat) {}
