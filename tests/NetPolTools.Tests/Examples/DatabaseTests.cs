using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Examples;

/// <summary>Examples from the documentation: databases and the tiers in front of them.</summary>
public class DatabaseTests
{
    [Fact]
    public void Demo_db_receives_from_demo_only()
    {
        var cluster = Read("demo-db");
        Assert.Equal("All", cluster.Ports("demo", "demo-db"));
        Assert.Equal("None", cluster.Ports("unrelated", "demo-db"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "demo-db"));
    }

    [Fact]
    public void Demo_db_makes_no_connections()
    {
        var cluster = Read("demo-db");
        Assert.Equal("None", cluster.Ports("demo-db", "demo"));
        Assert.Equal("None", cluster.Ports("demo-db", "192.0.2.1"));
    }

    [Fact]
    public void Without_a_policy_all_demo_pods_talk_to_each_other()
    {
        var cluster = Read("demo-db/pods.yaml");
        Assert.Equal("All", cluster.Ports("unrelated", "demo-db"));
        Assert.Equal("All", cluster.Ports("demo-db", "demo"));
    }

    [Fact]
    public void Db_policy_lets_the_api_pod_query_on_3306_and_nobody_else()
    {
        var cluster = Read("db-policy/pods.yaml", "db-policy/policy.yaml");
        Assert.Equal("TCP 3306", cluster.Ports("api-pod", "db"));
        Assert.Equal("None", cluster.Ports("web-pod", "db"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "db"));
    }

    [Fact]
    public void Db_policy_leaves_what_the_database_calls_and_the_other_pods_alone()
    {
        var cluster = Read("db-policy/pods.yaml", "db-policy/policy.yaml");
        Assert.Equal("All", cluster.Ports("db", "api-pod"));
        Assert.Equal("All", cluster.Ports("web-pod", "api-pod"));
        Assert.Equal("All", cluster.Ports("192.0.2.1", "web-pod"));
    }

    [Fact]
    public void Db_policy_with_both_types_and_no_rules_closes_the_database()
    {
        var cluster = Read("db-policy/pods.yaml", "db-policy/closed.yaml");
        Assert.Equal("None", cluster.Ports("api-pod", "db"));
        Assert.Equal("None", cluster.Ports("db", "api-pod"));
    }

    [Fact]
    public void Backup_server_outside_the_cluster_may_come_in()
    {
        var cluster = Read("backup-server/pods.yaml", "backup-server/from-backup-server.yaml");
        Assert.Equal("TCP 3306", cluster.Ports("192.168.5.10", "db"));
        Assert.Equal("None", cluster.Ports("192.168.5.9", "db"));
        Assert.Equal("None", cluster.Ports("192.168.5.11", "db"));
        Assert.Equal("None", cluster.Ports("api-pod", "db"));
        Assert.Equal("All", cluster.Ports("db", "192.168.5.10"));
    }

    [Fact]
    public void Backup_server_outside_the_cluster_is_pushed_to_on_port_80()
    {
        var cluster = Read("backup-server/pods.yaml", "backup-server/to-backup-server.yaml");
        Assert.Equal("TCP 80", cluster.Ports("db", "192.168.5.10"));
        Assert.Equal("None", cluster.Ports("db", "192.168.5.11"));
        Assert.Equal("None", cluster.Ports("db", "api-pod"));
        Assert.Equal("TCP 3306", cluster.Ports("api-pod", "db"));
        Assert.Equal("None", cluster.Ports("192.168.5.10", "db"));
    }

    [Fact]
    public void Three_tier_application_is_open_to_bb2_before_the_policy() =>
        Assert.Equal("All", Read("three-tier-application/database.yaml", "three-tier-application/busyboxes.yaml").Ports("bb2", "mysqldb"));

    [Fact]
    public void Three_tier_application_cuts_bb2_off_from_the_database()
    {
        var cluster = Read("three-tier-application");
        Assert.Equal("None", cluster.Ports("bb2", "mysqldb"));
        Assert.Equal("None", cluster.Ports("bb1", "mysqldb"));
    }

    [Fact]
    public void Three_tier_application_lets_flaskback_reach_the_database_on_3306() =>
        Assert.Equal("TCP 3306", Read("three-tier-application").Ports("flaskback", "mysqldb"));

    [Fact]
    public void Three_tier_application_leaves_the_way_out_of_the_database_open()
    {
        var cluster = Read("three-tier-application");
        Assert.Equal("All", cluster.Ports("mysqldb", "bb2"));
        Assert.Equal("All", cluster.Ports("mysqldb", "192.0.2.1"));
    }

    [Fact]
    public void Three_tier_application_leaves_the_other_pods_alone()
    {
        var cluster = Read("three-tier-application");
        Assert.Equal("All", cluster.Ports("bb2", "bb1"));
        Assert.Equal("All", cluster.Ports("bb2", "flaskback"));
        Assert.Equal(2, cluster.Snapshot.Services.Count);
        Assert.Equal(1, cluster.Snapshot.SkippedKinds["PersistentVolumeClaim"]);
    }

    private static Cluster Read(params string[] paths)
    {
        var cluster = Cluster.OfPaths([.. paths.Select(static path => Repository.Example(path.Split('/')))]);
        Assert.Empty(cluster.Diagnostics);
        return cluster;
    }
}
