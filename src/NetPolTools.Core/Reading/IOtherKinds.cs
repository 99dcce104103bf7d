namespace NetPolTools.Reading;

/// <summary>What becomes of objects whose kinds are not read.</summary>
internal interface IOtherKinds
{
    /// <summary>A kind of another system, known by group and name; null for one that is not.</summary>
    ObjectKind? Known(string apiVersion, string group, string kind);

    /// <summary>The known kind whose name in this group is a slip of the pen; null where none is near.</summary>
    ObjectKind? Meant(string group, string kind);

    /// <summary>A kind of which nothing is known.</summary>
    ObjectKind Unknown(string apiVersion, string group, string kind);
}
