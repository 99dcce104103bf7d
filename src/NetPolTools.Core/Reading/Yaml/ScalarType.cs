namespace NetPolTools.Reading;

/// <summary>What a scalar is to YAML 1.1, as far as it matters once it becomes JSON.</summary>
internal enum ScalarType
{
    String,
    Integer,
    Float,

    /// <summary>An infinity or "not a number": YAML has them and JSON has not.</summary>
    NotFinite,
    Boolean,
    Null,
}
