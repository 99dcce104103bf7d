using YamlDotNet.Core;

namespace NetPolTools.Yaml.Events;

/// <summary>A map whose entries a <c>&lt;&lt;</c> key merges into another.</summary>
/// <param name="Position">The index in the record of its next key, or of its end.</param>
/// <param name="Place">Where its alias stands; null for a map that was written in place.</param>
internal readonly record struct MergeSource(int Position, Mark? Place);
