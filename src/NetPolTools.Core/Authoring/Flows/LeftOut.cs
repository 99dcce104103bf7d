namespace NetPolTools.Authoring.Flows;

/// <summary>Why a record asks for nothing.</summary>
internal enum LeftOut
{
    Denied,

    /// <summary>Nothing tells whether it is allowed, so that to allow it would be a guess.</summary>
    Undetermined,

    /// <summary>Something else than a policy kept it from coming about.</summary>
    Dropped,
    Reply,
    OtherProtocol,

    /// <summary>Hubble cannot tell whether it was a reply, and nor can the packet's flags.</summary>
    UnknownDirection,

    /// <summary>Hubble saw it on the way: it was traced or translated, or an error.</summary>
    WithoutVerdict,
    FromOwnNode,
    OutsideOnly,
    UnknownAddress,
    UnknownEnd,
}
