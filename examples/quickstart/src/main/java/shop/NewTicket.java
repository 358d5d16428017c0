package shop;

record NewTicket(String show, String seat) {}
