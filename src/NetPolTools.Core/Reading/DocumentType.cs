namespace NetPolTools.Reading;

/// <summary>What a document is as a whole, apart from what it holds.</summary>
/// <param name="Type">What it says that it is.</param>
/// <param name="Items">What stands as its items; null where it has none.</param>
internal readonly record struct DocumentType(ObjectType Type, ManifestTokenKind? Items);
