//! Deletes subjects that no other subject refers to.

use entity::vocabulary::{RevisionAction, SubjectType};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, Order, Query},
};

use crate::error::{Error, Result};
use crate::store::change::{Change, RevisionRecord};
use crate::store::conflicts;
use crate::store::documents::{Persist, SubjectRef};
use crate::store::evidence;

impl Change {
    /// Deletes a subject that was loaded as `before`, with its child rows.
    ///
    /// # Errors
    /// Other subjects refer to it.
    pub async fn delete<D: Persist>(&mut self, subject: SubjectRef, before: &D) -> Result<()> {
        self.delete_as(RevisionAction::Deleted, subject, before).await
    }

    /// Deletes a subject. The revision gets the given action.
    pub(crate) async fn delete_as<D: Persist>(
        &mut self,
        action: RevisionAction,
        subject: SubjectRef,
        before: &D,
    ) -> Result<()> {
        let by = self.referencing_subjects::<D>(subject.id).await?;
        if !by.is_empty() {
            return Err(Error::InUse { subject: D::SUBJECT.table(), slug: before.slug().to_string(), by });
        }
        let row = D::Entity::delete_many().filter(Expr::col("id").eq(subject.id));
        row.exec(self.transaction()).await?;
        self.record(vec![RevisionRecord { action, id: subject.id, before: Some(before), after: None, parts: &[] }])
            .await?;
        if D::HAS_EVIDENCE {
            evidence::remove_all(self.transaction(), D::SUBJECT, subject.id, self.revision()).await?;
            conflicts::end_all(self.transaction(), D::SUBJECT, subject.id, self.revision()).await?;
        }
        Ok(())
    }

    /// Returns at most ten subjects that refer to a subject, each as its type and slug.
    async fn referencing_subjects<D: Persist>(&self, id: i32) -> Result<Vec<String>> {
        let mut subjects = Vec::new();
        for referrer in SubjectType::ALL {
            let keys = D::FOREIGN_KEYS.iter().filter(|key| key.referrer == *referrer).collect::<Vec<_>>();
            if keys.is_empty() {
                continue;
            }
            let condition = keys.into_iter().fold(Condition::any(), |any, key| {
                let ids = Query::select()
                    .column(key.referrer_id)
                    .from(key.table)
                    .and_where(Expr::col(key.column).eq(id))
                    .take();
                any.add(Expr::col("id").in_subquery(ids))
            });
            let mut select = Query::select();
            select.column("slug").from(referrer.table()).cond_where(condition).order_by("slug", Order::Asc);
            for row in self.transaction().query_all(select.limit(10)).await? {
                subjects.push(format!("the {} {:?}", referrer.table(), row.try_get::<String>("", "slug")?));
            }
        }
        if D::SUBJECT == SubjectType::Source {
            subjects.extend(evidence::citing_subjects(self.transaction(), id).await?);
        }
        subjects.truncate(10);
        Ok(subjects)
    }
}
