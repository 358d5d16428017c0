package dev.semel.books;

import dev.semel.books.inventory.AdjustInventory;
import dev.semel.books.inventory.CreateItem;
import dev.semel.books.inventory.ItemController;
import dev.semel.books.inventory.ItemTable;
import dev.semel.books.inventory.MovementTable;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the inventory. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {
    @Bean
    SemelConfigurer inventoryConfigurer(ItemTable items, MovementTable movements) {
        return configurer(items, movements);
    }

    static SemelConfigurer configurer(ItemTable items, MovementTable movements) {
        return builder -> builder.register(BooksOperations.CREATE_ITEM)
                .recall(BooksOperations.CREATE_ITEM, (connection, tenant, id) -> items.find(tenant, id))
                .register(BooksOperations.ADJUST_INVENTORY)
                .recall(BooksOperations.ADJUST_INVENTORY, (connection, tenant, id) -> movements.find(tenant, id));
    }

    @Bean
    ItemTable itemTable(JdbcClient jdbc) {
        return new ItemTable(jdbc);
    }

    @Bean
    MovementTable movementTable(JdbcClient jdbc) {
        return new MovementTable(jdbc);
    }

    @Bean
    CreateItem createItem(ItemTable items) {
        return new CreateItem(items);
    }

    @Bean
    AdjustInventory adjustInventory(ItemTable items, MovementTable movements) {
        return new AdjustInventory(items, movements);
    }

    @Bean
    ItemController itemController(
            CreateItem createItem,
            AdjustInventory adjustInventory,
            ItemTable items,
            MovementTable movements,
            TenantReads booksTenantReads) {
        return new ItemController(createItem, adjustInventory, items, movements, booksTenantReads);
    }
}
