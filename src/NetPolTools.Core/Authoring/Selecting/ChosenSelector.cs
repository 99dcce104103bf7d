using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Selecting;

/// <summary>A selector and the classes of pods it selects, no others.</summary>
internal sealed record ChosenSelector(LabelSelector Selector, IndexSet Classes);
