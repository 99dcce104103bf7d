namespace NetPolTools.Kubectl;

/// <summary>How connections can be printed.</summary>
internal enum ReachFormat
{
    Table,
    Json,
    Csv,

    /// <summary>Rows send, columns receive.</summary>
    Matrix,

    /// <summary>Below each end, who reaches it and whom it reaches.</summary>
    Tree,
}
