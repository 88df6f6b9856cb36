/* Draws stream items of plugins that are off or gone, without offering them in the "add a block" menu. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class SlotStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groupedChildBlockDefs, initialChildStates, meta, keptBlockDef) {
      super(name, groupedChildBlockDefs, initialChildStates, meta);
      this.childBlockDefsByName[keptBlockDef.name] = keptBlockDef;
    }
  }

  window.telepath.register('stedskaping.SlotStreamBlock', SlotStreamBlockDefinition);
})();
