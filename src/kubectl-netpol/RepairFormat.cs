namespace NetPolTools.Kubectl;

internal enum RepairFormat
{
    Table,
    Json,

    /// <summary>The policies of one repair, as they are to be.</summary>
    Yaml,

    /// <summary>One repair as a patch of files, or as commands for kubectl.</summary>
    Patch,
}
